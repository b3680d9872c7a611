import locale
import time

import regex

locale.setlocale(locale.LC_TIME, "")
print(regex.sub(r"\p{Lu}", "*", time.strftime("%A")))
