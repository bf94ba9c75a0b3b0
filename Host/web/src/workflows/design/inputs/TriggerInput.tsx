import { Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { label, t } from '@/texts'
import type { Inputs, Trigger } from '../../definition/sop'
import { stepsQuery, type StepDescription } from '../../steps/descriptions'
import { useDesignWords } from '../words'
import { ConditionInput } from './ConditionInput'
import { Members } from './InputControl'

type Props = { value: Trigger | undefined; onChange: (value: Trigger) => void; /** Only what a wait can listen to. */ awaited?: boolean }

/** What happens, and on which condition. */
export function TriggerInput({ value, onChange, awaited }: Props) {
  const words = useDesignWords()
  const steps = useQuery(stepsQuery)
  const triggers = (steps.data?.triggers ?? []).filter(one => !awaited || (one as StepDescription & { awaitable?: boolean }).awaitable !== false)
    .filter(one => !one.recordTypes?.length || one.recordTypes.includes(words.sop.record))
  const description = words.trigger(value?.kind ?? '')
  const set = (part: Partial<Trigger>) => {
    const next = { ...(value ?? { kind: 'updated' }), ...part }
    if (!next.filter) delete next.filter
    onChange(next)
  }
  return (
    <>
      <div className="design-field">
        <div className="design-label">{t('workflows.event')}</div>
        <Select
          aria-label={t('workflows.event')}
          showSearch={{ optionFilterProp: 'label' }}
          value={value?.kind}
          onChange={kind => set({ kind, inputs: usual(words.trigger(kind)) })}
          options={triggers.map(one => ({ value: one.kind, label: label(one.label) }))}
        />
      </div>
      {description && <Members items={description.inputs} value={value?.inputs ?? none} onChange={inputs => set({ inputs })} />}
      <div className="design-field">
        <div className="design-label">{t('designer.onlyWhen')}</div>
        <ConditionInput type={words.type} value={value?.filter ?? undefined} onChange={filter => set({ filter })} />
      </div>
    </>
  )
}

const none = {}

/** What has to be there and has a usual value begins with it: the control shows it as chosen. */
function usual(description: StepDescription | undefined): Inputs | undefined {
  const given = (description?.inputs ?? []).filter(input => input.required && input.default !== undefined && input.default !== null)
  return given.length > 0 ? Object.fromEntries(given.map(input => [input.key, input.default])) : undefined
}
