import { label } from '@/texts'
import type { Inputs, Wording } from '../definition/sop'
import type { Words } from '../words/context'
import { inputWords, typeOfInput } from '../words/inputs'
import { pathWords } from '../words/paths'
import { templateWords } from '../words/template'
import type { StepInput } from './descriptions'

type Props = { inputs: StepInput[]; values: Inputs; words: Words }

/** What a step is set to, by its description: the same for every kind, built in or of a module. */
export function StepFacts({ inputs, values, words }: Props) {
  const given = inputs.filter(input => hasValue(values[input.key] ?? input.default))
  const short = given.filter(input => !isLong(input))
  return (
    <>
      {short.length > 0 && (
        <dl className="facts">
          {short.map(input => [
            <dt key={`${input.key}?`}>{label(input.label)}</dt>,
            <dd key={input.key}>{inputWords(input, values[input.key] ?? input.default, values, words)}</dd>,
          ])}
        </dl>
      )}
      {given.filter(isLong).map(input => <LongFact key={input.key} input={input} value={values[input.key]} values={values} words={words} />)}
    </>
  )
}

const hasValue = (value: unknown) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
const isLong = (input: StepInput) => input.type === 'list' || input.type === 'object' || (input.type === 'template' && /^(script|body|text)$/.test(input.key))

function LongFact({ input, value, values, words }: { input: StepInput; value: unknown; values: Inputs; words: Words }) {
  if (!hasValue(value)) return null
  const own = { ...words, type: typeOfInput(input, values, words) }
  return (
    <section>
      <h3>{label(input.label)}</h3>
      {input.type === 'template' && <div className="stage long-text">{templateWords(value as Wording, words)}</div>}
      {input.type === 'object' && <div className="stage"><StepFacts inputs={input.items ?? []} values={value as Inputs} words={own} /></div>}
      {input.type === 'list' && (value as Inputs[]).map((item, i) => <ListItem key={i} input={input} item={item} words={own} />)}
    </section>
  )
}

/** One of a list: its name on top, the rest as facts. */
function ListItem({ input, item, words }: { input: StepInput; item: Inputs; words: Words }) {
  const name = label(item.label as Wording | undefined) || (typeof item.field === 'string' ? pathWords(item.field, words) : '') || (item.key as string | undefined) || (item.id as string | undefined)
  const rest = (input.items ?? []).filter(one => !['key', 'id', 'label'].includes(one.key) && !(one.key === 'field' && !item.label))
  return (
    <div className="stage">
      {name && <strong>{name}</strong>}
      <StepFacts inputs={rest} values={item} words={words} />
    </div>
  )
}

