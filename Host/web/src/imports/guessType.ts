import type { RecordType } from '@/api/types'

/** Long enough for any line of headings. */
const head = 16 * 1024

/** Without what spelling varies in. */
const plain = (text: string) => text.toLowerCase().replace(/[\s"'_\-()（）*]/g, '')

/** The first line of a file, in UTF-8 or else GB18030. */
export async function headingsOf(file: Blob): Promise<string> {
  const bytes = await file.slice(0, head).arrayBuffer()
  let text: string
  try {
    // "stream": the last character may be cut in two
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    text = new TextDecoder('gb18030').decode(bytes)
  }
  return text.split(/\r?\n/, 1)[0]!
}

/** The type after whose fields most columns are named; undefined where two fit alike or hardly one does. */
export function guessType(headings: string, types: RecordType[]): RecordType | undefined {
  const columns = new Set(headings.split(/[,;\t|]/).map(plain).filter(Boolean))
  // a column that says more than the field (客户姓名 of 姓名) counts half
  const worth = (names: string[]) => (names.some(name => columns.has(name)) ? 1 : names.some(name => name.length > 1 && [...columns].some(column => column.includes(name))) ? 0.5 : 0)
  const fits = types
    .map(type => ({ type, named: type.fields.reduce((sum, field) => sum + worth([field.key, field.label.zh, field.label.en].map(plain)), 0) }))
    .sort((a, b) => b.named - a.named)
  const [first, second] = fits
  return first && first.named >= 2 && first.named > (second?.named ?? 0) ? first.type : undefined
}
