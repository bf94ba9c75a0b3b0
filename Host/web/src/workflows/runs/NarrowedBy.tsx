import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useSearchParams } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import type { Rec } from '@/api/types'
import { label, t, tMaybe } from '@/texts'
import { date } from '@/ui/format'
import { blocksOf, findStep, stepsOf } from '../definition/blocks'
import { sopQuery, useWords } from '../sops/sops'
import { tookWords } from '../statistics/statistics'
import type { Words } from '../words/context'
import { stepName } from '../words/names'
import { outcomesOf } from '../words/paths'
import { wayWords } from '../words/way'
import { narrowNames, narrowOf, type Narrow } from './runs'

type Say = (value: string, narrow: Narrow, words: Words | null) => string | null

const named = (id: string, words: Words | null) => {
  const step = words && findStep(words.sop, id)
  return step ? stepName(step, words) : id
}

/** What of a step came of it, in words. */
export function outcomeName(step: string, outcome: string, words: Words): string {
  const found = findStep(words.sop, step)
  const way = found && blocksOf(found).find(block => block.way === outcome)
  if (found && way) return wayWords(found, way, words)
  return outcomesOf(step, words).find(one => one.key === outcome)?.text ?? tMaybe(`workflows.outcome_${outcome}`, outcome)
}

/** Conditions that say themselves; those about people and units are read first. */
const says: Partial<Record<keyof Narrow, Say>> = {
  from: (from, { to }) => t('watch.fromTo', { from: date(from), to: to ? date(to) : '…' }),
  to: (to, { from }) => (from ? null : t('watch.fromTo', { from: '…', to: date(to) })),
  version: version => t('workflows.versionN', { n: version }),
  at: (at, _, words) => t('watch.atStep', { step: named(at, words) }),
  step: (step, _, words) => t('watch.ofStep', { step: named(step, words) }),
  outcome: (outcome, { step }, words) => t('watch.way', { way: step && words ? outcomeName(step, outcome, words) : outcome }),
  failed: () => t('watch.failedThere'),
  took: (took, { step }) => t(step ? 'watch.tookThere' : 'watch.tookAtLeast', { time: tookWords(Number(took)) }),
  overdue: () => t('watch.overdue'),
  stage: (stage, _, words) => t('watch.withStage', { stage: stageName(stage, words) }),
  incident: kind => t('watch.hadIncident', { kind: tMaybe(`workflows.class_${kind}`, kind) }),
}

export function stageName(key: string, words: Words | null): string {
  const stages = words ? [...stepsOf(words.sop.steps)].flatMap(step => (Array.isArray(step.inputs?.stages) ? (step.inputs.stages as { key: string; label?: { zh: string; en: string } }[]) : [])) : []
  const stage = stages.find(one => one.key === key)
  return label(stage?.label) || key
}

/** By what the list is narrowed beyond its own controls; each can be taken away. */
export function NarrowedBy({ sop }: { sop?: string }) {
  const [search, setSearch] = useSearchParams()
  const narrow = narrowOf(search)
  const shown = narrowNames.filter(name => narrow[name] !== undefined)
  const detail = useQuery({ ...sopQuery(sop ?? '', narrow.version ?? null), enabled: sop !== undefined && shown.length > 0 })
  const words = useWords(detail.data?.definition)
  if (shown.length === 0) return null
  const without = (names: readonly string[]) => setSearch(old => {
    for (const name of names) old.delete(name)
    return old
  }, { replace: true })
  return (
    <div className="run-narrow">
      {shown.map(name => {
        const gone = name === 'from' ? ['from', 'to'] : name === 'step' ? ['step', 'outcome', 'failed', 'took'] : [name]
        const text = says[name]?.(narrow[name]!, narrow, words)
        if (text === null) return null
        return <Tag key={name} closable={{ 'aria-label': t('watch.clearFilter') }} onClose={() => without(gone)}>{text ?? <Named name={name} id={narrow[name]!} />}</Tag>
      })}
      <Button type="link" size="small" onClick={() => without(narrowNames)}>{t('watch.clearFilter')}</Button>
    </div>
  )
}

/** A person or a unit by name. */
function Named({ name, id }: { name: string; id: string }) {
  const [type, plural, title] = name === 'unit' ? ['unit', 'units', t('watch.unit')] : ['user', 'users', t(name === 'owner' ? 'watch.owner' : 'watch.ofPerson')]
  const found = useQuery({ queryKey: keys.record(type, id), queryFn: () => api.get<Rec>(`${plural}/${id}`), staleTime: 60_000 })
  return <>{title}: {String(found.data?.name ?? '…')}</>
}
