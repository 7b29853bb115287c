"""Settings by place: `dev` on a laptop, `test` under pytest, `production` on a server."""
