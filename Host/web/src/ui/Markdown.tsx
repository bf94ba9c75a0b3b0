import type { ReactNode } from 'react'

/** Scripts and notes in Markdown. It becomes elements, never HTML text, so nothing in it can run. */
export function Markdown({ text }: { text: string }) {
  return <div className="markdown">{blocks(text.replace(/\r\n/g, '\n').split('\n'))}</div>
}

const bullet = /^\s*[-*+]\s+/
const numbered = /^\s*\d+[.)]\s+/

function blocks(lines: string[]): ReactNode[] {
  const out: ReactNode[] = []
  let at = 0
  const take = (test: (line: string) => boolean) => {
    const taken: string[] = []
    while (at < lines.length && test(lines[at]!)) taken.push(lines[at++]!)
    return taken
  }
  while (at < lines.length) {
    const line = lines[at]!
    const key = out.length
    const heading = /^(#{1,4})\s+(.*)$/.exec(line)
    if (line.trim() === '') at++
    else if (heading) {
      out.push(<strong key={key} className={`md-h${heading[1]!.length}`} role="heading" aria-level={heading[1]!.length + 2}>{inline(heading[2]!)}</strong>)
      at++
    } else if (line.startsWith('```')) {
      at++
      out.push(<pre key={key}>{take(l => !l.startsWith('```')).join('\n')}</pre>)
      at++
    } else if (/^\s*(-{3,}|\*{3,})\s*$/.test(line)) {
      out.push(<hr key={key} />)
      at++
    } else if (line.startsWith('>')) out.push(<blockquote key={key}>{blocks(take(l => l.startsWith('>')).map(l => l.replace(/^>\s?/, '')))}</blockquote>)
    else if (bullet.test(line)) out.push(<ul key={key}>{items(take(l => bullet.test(l)), bullet)}</ul>)
    else if (numbered.test(line)) out.push(<ol key={key} start={parseInt(line.trim(), 10)}>{items(take(l => numbered.test(l)), numbered)}</ol>)
    else {
      const first = at
      const text = take(l => l.trim() !== '' && (at === first || !/^(#{1,4}\s|>|```)/.test(l)) && !(at > first && (bullet.test(l) || numbered.test(l))))
      out.push(<p key={key}>{text.flatMap((l, i) => (i > 0 ? [<br key={`br${i}`} />, ...inline(l, i)] : inline(l)))}</p>)
    }
  }
  return out
}

const items = (lines: string[], mark: RegExp) => lines.map((line, i) => <li key={i}>{inline(line.replace(mark, ''))}</li>)

const tokens = /(`[^`]+`)|(\*\*[^*]+\*\*)|(\*[^*\s][^*]*\*)|\[([^\]]+)\]\(([^)\s]+)\)/g

/** Only addresses that lead somewhere, none that run something. */
export const safeLink = (address: string) => /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i.test(address)

function inline(text: string, salt = 0): ReactNode[] {
  const out: ReactNode[] = []
  let last = 0
  for (const match of text.matchAll(tokens)) {
    if (match.index > last) out.push(text.slice(last, match.index))
    const [whole, code, bold, italic, name, address] = match
    const key = `${salt}.${match.index}`
    if (code) out.push(<code key={key}>{code.slice(1, -1)}</code>)
    else if (bold) out.push(<strong key={key}>{bold.slice(2, -2)}</strong>)
    else if (italic) out.push(<em key={key}>{italic.slice(1, -1)}</em>)
    else if (address && safeLink(address)) out.push(<a key={key} href={address} target="_blank" rel="noopener noreferrer">{name}</a>)
    else out.push(whole)
    last = match.index + whole.length
  }
  if (last < text.length) out.push(text.slice(last))
  return out
}
