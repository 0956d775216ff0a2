"""The W3C's test cases of the SPARQL 1.1 Protocol, by their names in the manifest data-sparql11/protocol, as far as they concern queries.

Left out: query_dataset_* and query_multiple_dataset, for which a server must fetch graphs from the network (here those are empty), and
update_*, for which it must write (refused here with 403).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

ASK, SELECT = "ASK {}", "SELECT (1 AS ?value) {}"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
RESULTS = {"application/sparql-results+xml", "application/sparql-results+json"}
ROWS = RESULTS | {"text/tab-separated-values", "text/csv"}
GRAPHS = {"application/rdf+xml", "application/rdf+json", "text/turtle", "application/n-triples", "application/ld+json"}


def body(content: str | bytes, media: str | None = None) -> dict[str, Any]:
    return {"content": content, "headers": {"Content-Type": media} if media else {}}


ANSWERED = [
    ("query_get", "GET", {"params": {"query": ASK}}, RESULTS),
    ("query_post_form", "POST", {"data": {"query": ASK}}, RESULTS),
    ("query_post_direct", "POST", body(ASK, DIRECT), RESULTS),
    ("query_content_type_select", "GET", {"params": {"query": SELECT}}, ROWS),
    ("query_content_type_ask", "GET", {"params": {"query": ASK}}, RESULTS),
    ("query_content_type_describe", "GET", {"params": {"query": "DESCRIBE <http://example.org/>"}}, GRAPHS),
    ("query_content_type_construct", "GET", {"params": {"query": "CONSTRUCT { <s> <p> 1 } WHERE {}"}}, GRAPHS),
]
REFUSED = [
    ("bad_query_method", "PUT", {"params": {"query": ASK}}, {405}),
    ("bad_multiple_queries", "GET", {"params": [("query", ASK), ("query", SELECT)]}, {400}),
    ("bad_query_wrong_media_type", "POST", body(ASK, "text/plain"), {400, 415}),
    ("bad_query_missing_form_type", "POST", body("query=ASK%20%7B%7D"), {400, 415}),
    ("bad_query_missing_direct_type", "POST", body(ASK), {400, 415}),
    ("bad_query_non_utf8", "POST", body(ASK.encode("utf-16"), f"{DIRECT}; charset=UTF-16"), {400, 415}),
    ("bad_query_syntax", "GET", {"params": {"query": "ASK {"}}, {400}),
    ("bad_update_get", "GET", {"params": {"update": "CLEAR ALL"}}, {400, 403, 405}),
    ("bad_multiple_updates", "POST", body("update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM), {400, 403}),
    ("bad_update_wrong_media_type", "POST", body("CLEAR NAMED", "text/plain"), {400, 415}),
    ("bad_update_missing_form_type", "POST", body("update=CLEAR%20NAMED"), {400, 415}),
    ("bad_update_missing_direct_type", "POST", body("CLEAR NAMED"), {400, 415}),
    ("bad_update_non_utf8", "POST", body("CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"), {400, 403, 415}),
    ("bad_update_syntax", "POST", body("update=CLEAR%20XYZ", FORM), {400, 403}),
    ("bad_update_dataset_conflict", "POST", body("using-named-graph-uri=http%3A%2F%2Fexample.org%2F&update=CLEAR%20ALL", FORM), {400, 403}),
]


@pytest.mark.parametrize(("method", "request_", "media"), [c[1:] for c in ANSWERED], ids=[c[0] for c in ANSWERED])
def test_a_query_is_answered(client: TestClient, method: str, request_: Mapping[str, Any], media: set[str]) -> None:
    response = client.request(method, "/sparql", **request_)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] in media


@pytest.mark.parametrize(("method", "request_", "statuses"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_a_wrong_request_is_refused(client: TestClient, method: str, request_: Mapping[str, Any], statuses: set[int]) -> None:
    assert client.request(method, "/sparql", **request_).status_code in statuses


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_no_graph_is_fetched(client: TestClient, name: str) -> None:
    query = "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    assert client.get("/sparql", params={"query": query, name: "http://example.org/data1.rdf"}).json()["boolean"] is False
