"""From files to Documents: pages with printed labels, blocks with heading paths, tables, notes."""
