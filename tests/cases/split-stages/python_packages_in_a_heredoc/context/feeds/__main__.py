from lxml import etree

print(etree.tostring(etree.Element("feed")).decode())
