import type { Words } from '../words/context'
import { textOf, type Part } from '../words/parts'
import { layout, type Flow, type FlowNode } from '../canvas/layout'
import { maxLines, measureIn, widthOf } from '../canvas/measure'
import { saysIn, type Says } from '../canvas/says'
import { lineBetween } from '../canvas/line'
import { t } from '@/texts'

/** A drawing that stands by itself: it is printed and handed on, so its colours are those of paper. */
export type Picture = { width: number; height: number; body: string; flow: Flow }

const hues: Record<string, string> = { people: '#1d4ed8', approval: '#874d00', control: '#531dab', wait: '#006d75', end: '#595959', messages: '#9e1068', outside: '#ad4e00' }
const margin = 24
const escape = (text: string) => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)

export function pictureOf(words: Words): Picture {
  const says = saysIn(words)
  const flow = layout(words.sop, measureIn(says))
  const body = [...flow.nodes.filter(node => node.kind === 'frame').map(frame), ...lines(flow), ...flow.nodes.map(node => pieceOf(node, says, words))].join('')
  return { width: flow.width + 2 * margin, height: flow.height + 2 * margin, flow, body: `<g transform="translate(${margin} ${margin})" font-family="system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif">${body}</g>` }
}

export const svgOf = ({ width, height, body }: Picture): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${body}</svg>`

/** The same in dots, twice as fine as on a screen where that is not too large for a browser. */
export async function pngOf(picture: Picture): Promise<Blob> {
  const scale = Math.min(2, 12_000 / picture.width, 12_000 / picture.height)
  const url = URL.createObjectURL(new Blob([svgOf(picture)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((done, fail) => canvas.toBlob(blob => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'))
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Parts of a picture for the pages of a book, cut where no card is. */
export function pagesOf({ flow, height }: Picture, most: number): { from: number; to: number }[] {
  const cards = flow.nodes.filter(node => node.kind !== 'frame').map(node => ({ top: node.y + margin, bottom: node.y + node.height + margin }))
  const pages: { from: number; to: number }[] = []
  for (let from = 0; from < height; ) {
    let to = Math.min(height, from + most)
    if (to < height) {
      // a card that would be cut goes to the next page as a whole
      for (let cut: typeof cards[number] | undefined; (cut = cards.find(card => card.top < to && card.bottom > to && card.top > from + most / 3)); ) to = cut.top - 8
    }
    pages.push({ from, to })
    from = to
  }
  return pages
}

const box = ({ x, y, width, height }: FlowNode, radius: number, style: string) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" ${style}/>`
const frame = (node: FlowNode) => box(node, 16, 'fill="#fafafa" stroke="#bfbfbf" stroke-dasharray="5 4"')

function lines(flow: Flow): string[] {
  const at = new Map(flow.nodes.map(node => [node.id, node]))
  return flow.edges.map(edge => {
    const [from, to] = [at.get(edge.from)!, at.get(edge.to)!]
    const { path } = lineBetween(from.x + from.width / 2, from.y + from.height, to.x + to.width / 2, to.y, edge.to.endsWith('/join'))
    return `<path d="${path}" fill="none" stroke="#bfbfbf" stroke-width="1.5"/>`
  })
}

function pieceOf(node: FlowNode, says: Says, words: Words): string {
  const { x, y, width, height } = node
  const middle = x + width / 2
  switch (node.kind) {
    case 'start':
      return box(node, 16, 'fill="#f0f5ff" stroke="#adc6ff"') + head(t('workflows.starts'), '#1d39c4', x, y) + stacked(says.start(words.sop), x, y)
    case 'step': {
      const { head: title, parts, hue } = says.step(node.step)
      return box(node, 12, 'fill="#fff" stroke="#d9d9d9"') + head(title, hues[hue] ?? '#237804', x, y) + sentence(parts, x + 14, y + 50, width - 28, maxLines)
    }
    case 'way': {
      const rows = wrapped([{ text: says.way(node.step, node.block) }], 176, 3, 12 / 13)
      return box(node, 14, 'fill="#fff" stroke="#bfbfbf"') + rows.map((row, i) => `<text x="${middle}" y="${y + 7 + 18 * i + 13 + (height - 14 - 18 * rows.length) / 2}" text-anchor="middle" font-size="12" fill="#595959">${escape(textOf(row))}</text>`).join('')
    }
    case 'join': return `<circle cx="${middle}" cy="${y + height / 2}" r="5" fill="#fff" stroke="#bfbfbf" stroke-width="2"/>`
    case 'finish': return box(node, 14, 'fill="#f0f0f0"') + `<text x="${middle}" y="${y + 18}" text-anchor="middle" font-size="12" fill="#595959">${escape(t('workflows.finish'))}</text>`
    case 'frame': return ''
  }
}

const head = (text: string, color: string, x: number, y: number) => `<circle cx="${x + 19}" cy="${y + 20}" r="4.5" fill="${color}"/><text x="${x + 32}" y="${y + 24}" font-size="12" fill="#595959">${escape(text)}</text>`

function stacked(sentences: Part[][], x: number, y: number): string {
  let at = y + 50
  return sentences.map(parts => {
    const rows = wrapped(parts, 260, 3)
    const drawn = written(rows, x + 14, at)
    at += 20 * rows.length + 4
    return drawn
  }).join('')
}

const sentence = (parts: Part[], x: number, y: number, width: number, most: number) => written(wrapped(parts, width, most), x, y)

const written = (rows: Part[][], x: number, y: number) =>
  rows.map((row, i) => `<text x="${x}" y="${y + 20 * i}" font-size="13" fill="#1f1f1f" xml:space="preserve">${row.map(part => `<tspan${part.value ? ' font-weight="600"' : ''}>${escape(part.text)}</tspan>`).join('')}</text>`).join('')

/** Parts broken into rows of a width: between words, or after any Chinese character. */
export function wrapped(parts: Part[], width: number, most: number, scale = 1): Part[][] {
  const rows: Part[][] = [[]]
  let used = 0
  for (const part of parts)
    for (const piece of part.text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) ?? []) {
      const size = widthOf(piece) * scale
      if (used > 0 && used + size > width) {
        if (rows.length === most) {
          const last = rows.at(-1)!.at(-1)!
          last.text = `${last.text.slice(0, -1)}…`
          return rows
        }
        rows.push([])
        used = 0
      }
      const row = rows.at(-1)!
      const before = row.at(-1)
      if (before && before.value === part.value) before.text += piece
      else row.push({ text: piece, value: part.value })
      used += size
    }
  return rows
}
