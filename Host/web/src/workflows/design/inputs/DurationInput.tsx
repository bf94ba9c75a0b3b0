import { InputNumber, Select, Space } from 'antd'
import { t, type TextKey } from '@/texts'
import { readDuration, writeDuration, type Duration, type Unit } from '../../words/duration'

type Props = { name: string; value: Duration | undefined; onChange: (value: Duration | undefined) => void; before?: boolean }

const choices: [unit: Unit, business: boolean][] = [['minutes', true], ['hours', true], ['days', true], ['minutes', false], ['hours', false], ['days', false], ['weeks', false]]

/** A length of time in one unit, of working or of plain time. */
export function DurationInput({ name, value, onChange, before = false }: Props) {
  const span = readDuration(value)
  const { n = undefined, unit = 'hours' as Unit } = span?.parts[0] ?? (span ? { n: 0 } : {})
  const business = span?.business ?? true
  return (
    <Space.Compact block>
      <InputNumber aria-label={name} value={n} min={0} precision={0} onChange={next => onChange(next === null ? undefined : writeDuration(next, unit, business, before))} style={{ width: 90 }} />
      <Select
        aria-label={t('workflows.unit')}
        popupMatchSelectWidth={false}
        value={`${business ? 'b' : 'p'}.${unit}`}
        onChange={key => onChange(writeDuration(n ?? 1, key.slice(2) as Unit, key[0] === 'b', before))}
        options={choices.map(([one, working]) => ({ value: `${working ? 'b' : 'p'}.${one}`, label: t(`workflows.unit_${working ? 'business' : 'plain'}_${one}` as TextKey) }))}
      />
    </Space.Compact>
  )
}
