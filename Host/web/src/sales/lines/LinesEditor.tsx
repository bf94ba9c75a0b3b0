import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Field } from '@/api/types'
import { FieldValue } from '@/records/fields/FieldValue'
import { label, t } from '@/texts'
import { money } from '@/ui/format'
import { LineInput } from './LineInput'
import { editable, newLine, type Line } from './lines'
import './lines.css'

/** What the server makes of a line. */
export type LinePrice = { price?: number | null; listPrice?: number | null; amount?: number | null }

type Props = {
  field: Field
  lines: Line[]
  onChange: (lines: Line[]) => void
  /** In the order of the lines. */
  prices?: LinePrice[]
  errors?: Map<string, string[]>
  readOnly?: boolean
  currency?: string
}

const shares: Record<string, string> = { product: 'minmax(150px, 2fr)', description: 'minmax(110px, 1.5fr)', quantity: '88px', price: '124px' }

/** Products with quantity, price and discount; what they come to stands at the right. */
export function LinesEditor({ field, lines, onChange, prices, errors, readOnly, currency }: Props) {
  const parts = editable(field)
  const columns = [...parts.map(part => shares[part.key] ?? '88px'), '112px', readOnly ? '0' : '32px'].join(' ')
  const change = (line: Line, key: string, value: unknown) =>
    onChange(lines.map(l => (l === line ? { ...l, values: { ...l.values, [key]: value, ...(key === 'product' ? { price: null } : {}) } } : l)))
  const add = () => onChange([...lines, newLine(field)])
  return (
    <div className="lines" style={{ '--lines': columns } as React.CSSProperties}>
      <div className="lines-row lines-head" aria-hidden>
        {parts.map(part => <span key={part.key} className={part.type === 'reference' || part.type === 'text' ? '' : 'right'}>{label(part.label)}</span>)}
        <span className="right">{label(field.line?.find(part => part.key === 'amount')?.label) || t('sales.amount')}</span>
        <span />
      </div>
      {lines.map((line, index) => {
        const amount = prices?.[index]?.amount ?? (line.values.amount as number | null | undefined)
        return (
          <div key={line.key} className="lines-item">
            <div className="lines-row">
              {parts.map(part => (
                <div key={part.key} className={`lines-cell lines-${part.key}`}>
                  <span className="lines-label">{label(part.label)}</span>
                  {readOnly ? (
                    <span className={part.type === 'reference' || part.type === 'text' ? '' : 'right'}>
                      <FieldValue field={part} value={part.type === 'reference' ? line.known[part.key] : line.values[part.key]} />
                    </span>
                  ) : (
                    <LineInput
                      part={part}
                      value={line.values[part.key]}
                      known={line.known[part.key]}
                      hint={part.key === 'price' ? (prices?.[index]?.price ?? prices?.[index]?.listPrice ?? null) : null}
                      onChange={value => change(line, part.key, value)}
                    />
                  )}
                </div>
              ))}
              <div className="lines-cell lines-amount right nums">
                <span className="lines-label">{t('sales.amount')}</span>
                {amount == null ? '—' : money(amount, currency)}
              </div>
              {!readOnly && (
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('sales.removeLine', { n: index + 1 })} onClick={() => onChange(lines.filter(l => l !== line))} />
              )}
            </div>
            {errors?.get(line.key)?.map(message => <div key={message} className="lines-error" role="alert">{message}</div>)}
          </div>
        )
      })}
      {lines.length === 0 && <p className="lines-none">{t('sales.noLines')}</p>}
      {!readOnly && <Button type="dashed" block icon={<PlusOutlined />} onClick={add} className="lines-add">{t('sales.addLine')}</Button>}
    </div>
  )
}
