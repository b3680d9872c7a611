#!/bin/sh
# Counts the pages of a document.
set -e
gs -q -dNODISPLAY -dNOSAFER -sFileName=/srv/page.ps -c "FileName (r) file runpdfbegin pdfpagecount = quit" 2>/dev/null ||
    gs -q -sDEVICE=nullpage -dBATCH -dNOPAUSE /srv/page.ps
echo printed
