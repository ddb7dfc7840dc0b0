// RFC 4180 to the letter: what is not that, is an error.

/** Rows of fields. Lines end with CRLF; a quote stands only around a field, and doubled within. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const wrong = (what: string) => new Error(`${what} at ${at}: ${text.slice(at - 20, at + 20)}`);
  while (at < text.length) {
    let field: string;
    if (text[at] === '"') {
      const quoted = /"((?:[^"]|"")*)"/y;
      quoted.lastIndex = at;
      const found = quoted.exec(text);
      if (!found) throw wrong('a quote without an end');
      field = found[1]!.replaceAll('""', '"');
      at = quoted.lastIndex;
    } else {
      const plain = /[^",\r\n]*/y;
      plain.lastIndex = at;
      field = plain.exec(text)![0];
      at = plain.lastIndex;
    }
    row.push(field);
    if (text[at] === ',') {
      at += 1;
      // A comma at the very end begins an empty field.
      if (at === text.length) throw wrong('a line without an end');
    } else if (text.startsWith('\r\n', at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else throw wrong('neither a comma nor CRLF');
  }
  if (row.length > 0) throw wrong('a line without an end');
  return rows;
}

/** The rows below the header as objects. */
export function records(text: string): Record<string, string>[] {
  const [header, ...rows] = parseCsv(text);
  if (!header) throw new Error('no header');
  return rows.map((row) => {
    if (row.length !== header.length) throw new Error(`${row.length} fields, not ${header.length}`);
    return Object.fromEntries(header.map((name, i) => [name, row[i]!]));
  });
}
