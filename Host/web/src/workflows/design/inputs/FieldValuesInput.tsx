import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Segmented, Select } from 'antd'
import { useContext } from 'react'
import type { Field, RecordType } from '@/api/types'
import { FieldInput } from '@/records/fields/FieldInput'
import { label, t } from '@/texts'
import type { Inputs, Wording } from '../../definition/sop'
import { EditedStep } from './editedStep'
import { JsonInput } from './JsonInput'
import { PathSelect } from './PathSelect'
import { WordingInput } from './WordingInput'

type Props = { type: RecordType | undefined; value: Inputs | undefined; onChange: (value: Inputs | undefined) => void }

type From = 'fixed' | 'path' | 'template' | 'json'

/** Where a value comes from. */
function fromOf(value: unknown): From {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'fixed'
  return 'path' in value ? 'path' : 'template' in value ? 'template' : 'json'
}

/** A value as it is, of a field, or put together as a text. */
function FieldValue({ field, value, onChange }: { field: Field; value: unknown; onChange: (value: unknown) => void }) {
  // what starts an SOP has nothing to read but what is sent
  const sent = useContext(EditedStep) === null
  const from = fromOf(value)
  const texts = ['text', 'longText', 'email', 'phone', 'url'].includes(field.type)
  const choices: From[] = ['fixed', 'path', ...(texts || from === 'template' ? ['template' as const] : []), ...(from === 'json' ? ['json' as const] : [])]
  const name = label(field.label)
  return (
    <>
      <Segmented
        size="small"
        aria-label={t('designer.valueFrom', { name })}
        value={from}
        onChange={next => onChange(next === 'fixed' ? null : next === 'path' ? { path: '' } : { template: { zh: '', en: '' } })}
        options={choices.map(one => ({ value: one, label: t(sent && one === 'path' ? 'designer.from_sent' : `designer.from_${one}`) }))}
      />
      {from === 'fixed' && <FieldInput field={field} value={value} onChange={onChange} />}
      {from === 'path' && (sent ? <SentName name={name} value={pathOf(value)} onChange={onChange} /> : <PathSelect name={name} value={pathOf(value)} onChange={path => onChange({ path: path ?? '' })} />)}
      {from === 'template' && <WordingInput template name={name} value={(value as { template?: Wording }).template} onChange={template => onChange({ template: template ?? { zh: '', en: '' } })} />}
      {from === 'json' && <JsonInput name={name} value={value} onChange={onChange} />}
    </>
  )
}

const sentAs = 'run.payload.'
const pathOf = (value: unknown) => (value as { path?: string }).path

/** A value under this name of what an outside system sends. */
const SentName = ({ name, value = '', onChange }: { name: string; value: string | undefined; onChange: (value: unknown) => void }) => (
  <Input
    aria-label={t('designer.sentName', { name })}
    placeholder={t('designer.sentNameHint')}
    value={value.startsWith(sentAs) ? value.slice(sentAs.length) : value}
    onChange={event => onChange({ path: event.target.value ? sentAs + event.target.value : '' })}
  />
)

/** Which fields get which values. */
export function FieldValuesInput({ type, value = {}, onChange }: Props) {
  const fields = type?.fields.filter(field => !['lines', 'json'].includes(field.type) && !['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deletedAt', 'number'].includes(field.key)) ?? []
  const entries = Object.entries(value)
  const write = (next: [string, unknown][]) => onChange(next.length > 0 ? Object.fromEntries(next) : undefined)
  const free = fields.filter(field => !(field.key in value))
  return (
    <div className="design-stack">
      {entries.map(([key, one], i) => {
        const field = fields.find(f => f.key === key)
        const set = (next: unknown) => write(entries.map((entry, j) => (j === i ? [key, next ?? null] : entry)))
        return (
          <div key={key} className="design-inner">
            <div className="design-row">
              <Select
                aria-label={t('records.field')}
                showSearch={{ optionFilterProp: 'label' }}
                value={key}
                onChange={to => write(entries.map((entry, j) => (j === i ? [to, null] : entry)))}
                options={[...(field ? [field] : []), ...free].map(f => ({ value: f.key, label: label(f.label) }))}
              />
              <Button type="text" icon={<DeleteOutlined />} aria-label={t('app.delete')} onClick={() => write(entries.filter((_, j) => j !== i))} />
            </div>
            {field ? <FieldValue field={field} value={one} onChange={set} /> : <JsonInput name={key} value={one} onChange={set} />}
          </div>
        )
      })}
      <Select
        aria-label={t('workflows.addField')}
        placeholder={t('designer.chooseField')}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        onChange={key => key && write([...entries, [key, null]])}
        options={free.map(f => ({ value: f.key, label: label(f.label) }))}
      />
    </div>
  )
}
