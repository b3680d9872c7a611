"""Reads the page as the HTML standard says, and fails at the first parse error."""

import sys

import html5lib

with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
count = {name: len(document.findall(f".//{name}")) for name in ("script", "style", "img", "iframe")}
assert count == {"script": 1, "style": 1, "img": 0, "iframe": 0}, count
ids = [element.get("id") for element in document.iter() if element.get("id")]
assert len(ids) == len(set(ids)), "an id stands twice"
for element in document.iter():
    for name in element.keys():
        assert not str(name).startswith("on") and name not in ("style", "src"), (element.tag, name)
    address = element.get("href", "")
    assert not address.startswith("#") or address[1:] in ids, address
print(f"html5lib reads {len(list(document.iter()))} elements without an error")
