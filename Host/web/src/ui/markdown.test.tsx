import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Markdown } from './Markdown'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />).replace(/^<div class="markdown">|<\/div>$/g, '')

it('shows paragraphs, lists, quotes and emphasis', () => {
  expect(html('一\n二\n\n三')).toBe('<p>一<br/>二</p><p>三</p>')
  expect(html('1. **a**\n2. `b`')).toBe('<ol start="1"><li><strong>a</strong></li><li><code>b</code></li></ol>')
  expect(html('前言\n- a\n- b')).toBe('<p>前言</p><ul><li>a</li><li>b</li></ul>')
  expect(html('> q')).toBe('<blockquote><p>q</p></blockquote>')
})

it('never makes HTML of what it is given', () => expect(html('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>'))

it('links only to addresses that run nothing', () => {
  expect(html('[a](https://example.cn)')).toContain('href="https://example.cn"')
  expect(html('[a](javascript:alert)')).not.toContain('href')
  expect(html('[a](//evil.example)')).not.toContain('href')
})

it('ends on any text', () => {
  for (const text of ['```', '>', '#', '- ', '1.', '**', '[a](', '\n\n']) expect(() => html(text)).not.toThrow()
})
