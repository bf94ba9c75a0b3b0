/** Cuts CSV text into rows of cells; an unfinished last row is left out when `whole` is false. */
export function parseCsv(text: string, whole = true): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quoted) {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') { cell += '"'; i++ }
      else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === ',') { row.push(cell); cell = '' }
    else if (c === '\n') { rows.push([...row, cell.replace(/\r$/, '')]); row = []; cell = '' }
    else if (c !== '\ufeff') cell += c
  }
  if (whole && (cell || row.length > 0)) rows.push([...row, cell])
  return rows
}
