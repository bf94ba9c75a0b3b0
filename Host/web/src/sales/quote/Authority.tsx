import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { t } from '@/texts'
import { percent } from '@/ui/format'
import type { Price } from './usePrice'

/** Where the discount stands between one's own authority, the superior's and the director's. */
export function Authority({ price }: { price: Price }) {
  const { own, level2, needs } = price.authority
  const given = price.strictestDiscount ?? price.effectiveDiscount
  const scale = Math.max(level2 * 1.35, given * 1.1, 10)
  const at = (value: number) => `${Math.min((value / scale) * 100, 100)}%`
  return (
    <div className={`authority authority-${needs}`} role="status">
      <div className="authority-says">
        {needs === 'none' ? <CheckCircleFilled aria-hidden /> : <ExclamationCircleFilled aria-hidden />}
        <span>{t(`sales.needs_${needs}`)}</span>
      </div>
      <div className="authority-bar" aria-hidden>
        <span className="authority-given" style={{ width: at(given) }} />
        <span className="authority-mark" style={{ left: at(own) }} />
        <span className="authority-mark" style={{ left: at(level2) }} />
      </div>
      <div className="authority-legend muted small">
        {t('sales.authorityLegend', { given: percent(given, 2), own: percent(own), level2: percent(level2) })}
      </div>
    </div>
  )
}
