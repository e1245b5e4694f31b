"""Flat YAML as documentation keeps its data."""

from monitor.parsing.documents.flat_yaml import read_flat_list

DATA = """---
# a remark
- name: 'It''s one'
  end-date: 2026-05-01 # soon

- name: "Two" # remark
  note:
"""


def test_a_list_of_mappings_is_a_table() -> None:
    data = read_flat_list(DATA)
    assert [header.plain for header in data.table.header] == ["name", "end date", "note"]
    assert [[cell.plain for cell in row.cells] for row in data.table.rows] == [["It's one", "2026-05-01", ""], ["Two", "", ""]]
    assert data.lines[0] == {"name": "name: 'It''s one'", "end date": "end-date: 2026-05-01 # soon"}
    assert data.unread == ()


def test_what_is_deeper_or_before_the_list_comes_back_unread() -> None:
    data = read_flat_list("title: x\n  name: before\n- name: a\n  list:\n    - b\nplain words")
    assert data.unread == ("title: x", "  name: before", "    - b", "plain words")


def test_a_mapping_without_end_is_no_row() -> None:
    assert len(read_flat_list("- a: 1\n" + "".join(f"  k{number}: 1\n" for number in range(60))).unread) == 21


def test_no_text_is_no_table() -> None:
    assert read_flat_list("").table.rows == ()
