"""The fixtures of this folder serve the site over HTTP."""


def test_the_site_answers_over_http(anon_request):
    answer = anon_request.get("/")
    assert answer.status_code == 200
    assert answer.json()["@type"] == "Plone Site"
