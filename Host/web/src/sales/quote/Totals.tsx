import type { Rec } from '@/api/types'
import { t } from '@/texts'
import { money, percent } from '@/ui/format'
import { Authority } from './Authority'
import type { Price } from './usePrice'

type Props = { quote: Rec; price: Price | undefined; /** Totals of what is typed; else those that were saved. */ live: boolean; busy: boolean; currency?: string }

export function Totals({ quote, price, live, busy, currency }: Props) {
  const saved = (key: string) => (quote[key] == null || quote.masked?.includes(key) ? undefined : Number(quote[key]))
  const of = (key: 'subtotal' | 'discountAmount' | 'tax' | 'total' | 'effectiveDiscount' | 'margin') => (live && price ? (price[key] ?? undefined) : saved(key))
  const margin = of('margin')
  const row = (name: string, key: 'subtotal' | 'discountAmount' | 'tax', sign = '') => {
    const value = of(key)
    return value === undefined ? null : (
      <div className="totals-row"><dt>{name}</dt><dd className="nums">{value > 0 ? sign : ''}{money(value, currency)}</dd></div>
    )
  }
  return (
    <aside className="panel panel-pad totals" aria-busy={busy} aria-label={t('sales.totals')}>
      <dl>
        {row(t('sales.subtotal'), 'subtotal')}
        {row(t('sales.discount'), 'discountAmount', '−')}
        {row(t('sales.tax'), 'tax')}
        <div className="totals-row totals-total" aria-live="polite"><dt>{t('sales.total')}</dt><dd className="nums">{money(of('total') ?? 0, currency)}</dd></div>
        {of('effectiveDiscount') !== undefined && (
          <div className="totals-row"><dt>{t('sales.effectiveDiscount')}</dt><dd className="nums">{percent(of('effectiveDiscount')!, 2)}</dd></div>
        )}
        {margin !== undefined && (
          <div className="totals-row"><dt>{t('sales.margin')}</dt><dd className={margin < 10 ? 'nums totals-thin' : 'nums'}>{percent(margin)}</dd></div>
        )}
      </dl>
      {price && live && <Authority price={price} />}
    </aside>
  )
}
