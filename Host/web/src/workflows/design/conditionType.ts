import type { Field, FieldType, Label, RecordType } from '@/api/types'
import { label, t } from '@/texts'
import { findStep, stepsOf, trail } from '../definition/blocks'
import { taskOf } from '../definition/sop'
import type { Words } from '../words/context'
import { stepName } from '../words/names'
import { fieldAt, outcomesOf } from '../words/paths'
import { toldFields } from '../words/told'

const same = (text: string): Label => ({ zh: text, en: text })
const virtual = (key: string, fields: Field[]): RecordType => ({ key, plural: key, label: same(key), nameField: '', owned: false, views: [], can: {}, fields })
const field = (key: string, type: FieldType, text: string, more: Partial<Field> = {}): Field => ({ key, type, label: same(text), ...more })

/** The type of the records that a step's innermost loop goes through. */
export function loopType(words: Words, at?: string): RecordType | undefined {
  const loop = at === undefined ? undefined : trail(words.sop, at).map(slot => (slot.owner === null ? undefined : findStep(words.sop, slot.owner))).findLast(step => step?.kind === 'forEach')
  return loop && words.find(loop.inputs?.type as string)
}

/** The record type of conditions and texts: the record's fields, and as if they were references what the steps of the SOP hand on, what started it tells, and the record of the loop that a step stands in. */
export function conditionType(words: Words, at?: string): { type: RecordType; find: (key: string | null | undefined) => RecordType | undefined } {
  const more = new Map<string, RecordType>()
  const steps: Field[] = []
  for (const step of stepsOf(words.sop.steps)) {
    const outcomes = outcomesOf(step.id, words)
    const answers = (taskOf(step).form ?? []).map((question): Field => {
      const own = question.field ? fieldAt(question.field, words) : undefined
      return { ...(own ?? { type: question.type ?? 'text', label: question.label ?? same(question.key) }), key: question.key }
    })
    const outputs = (words.step(step.kind)?.outputs ?? []).filter(output => output.key !== 'answers')
    const fields: Field[] = [
      ...(outcomes.length > 0 ? [field('outcome', 'select', t('workflows.outcome'), { options: outcomes.map(o => ({ key: o.key, label: same(o.text) })) })] : []),
      ...(step.kind === 'task' && answers.length > 0 ? [field('answers', 'reference', t('workflows.answers'), { references: `$answers:${step.id}` })] : []),
      ...outputs.map((output): Field => ({ key: output.key, type: output.type, label: output.label, references: output.references })),
    ]
    if (fields.length === 0) continue
    more.set(`$answers:${step.id}`, virtual(`$answers:${step.id}`, answers))
    more.set(`$step:${step.id}`, virtual(`$step:${step.id}`, fields))
    steps.push(field(step.id, 'reference', stepName(step, words), { references: `$step:${step.id}` }))
  }
  more.set('$steps', virtual('$steps', steps))
  const { told, answers } = toldFields(words)
  more.set('$told', virtual('$told', told))
  more.set('$told:answers', virtual('$told:answers', answers))
  more.set('$run', virtual('$run', [field('payload', 'reference', t('workflows.told'), { references: '$told' })]))
  const item = loopType(words, at)
  const own = words.type ?? virtual('', [])
  return {
    type: {
      ...own,
      fields: [
        ...own.fields,
        ...(item ? [field('item', 'reference', t('workflows.ofLoop', { type: label(item.label) }), { references: item.key })] : []),
        ...(steps.length > 0 ? [field('steps', 'reference', t('workflows.earlierSteps'), { references: '$steps' })] : []),
        ...(told.length > 0 ? [field('run', 'reference', t('workflows.startedWith'), { references: '$run' })] : []),
      ],
    },
    find: key => more.get(key ?? ''),
  }
}
