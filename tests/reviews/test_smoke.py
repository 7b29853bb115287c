def test_a_fully_signed_article_is_public(public_article, client):
    response = client.get(public_article.url)
    assert response.status_code == 200
    assert "It stings for a minute." in response.content.decode()
