import { BellOutlined, EditOutlined, RollbackOutlined, SolutionOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useCatalogue } from '@/app/me'
import { FieldValue } from '@/records/fields/FieldValue'
import { label, t, tMaybe } from '@/texts'
import { dateTime } from '@/ui/format'
import { findStep } from '../definition/blocks'
import { RunHistory } from '../runs/RunHistory'
import { stepName } from '../words/names'
import type { Words } from '../words/context'
import type { Choice, Effect, RecordChange, TrialResult } from './trial'

type Props = { result: TrialResult; choices: Choice[]; words: Words; backTo: (n: number) => void }

/** Everything that has happened, and before it each choice it came of. */
export function TrialEffects({ result, choices, words, backTo }: Props) {
  const groups = groupsOf(result.effects, choices.length)
  return (
    <section className="trial-effects">
      <h2>{t('trials.effects')}</h2>
      {groups.map(({ choice, effects }) => (
        <div key={choice ?? 'start'}>
          {choice !== null && (
            <div className="trial-chosen">
              <UserOutlined aria-hidden />
              <span className="grow">{chosenWords(choices[choice], words)}</span>
              <Tooltip title={t('trials.backText')}><Button size="small" type="text" icon={<RollbackOutlined />} onClick={() => backTo(choice)}>{t('trials.back')}</Button></Tooltip>
            </div>
          )}
          {effects.map((effect, i) => <One key={i} effect={effect} result={result} words={words} />)}
        </div>
      ))}
    </section>
  )
}

function One({ effect, result, words }: { effect: Effect; result: TrialResult; words: Words }) {
  if (effect.kind === 'act') return <Act effect={effect} words={words} />
  if (effect.kind === 'told')
    return (
      <div className="trial-row">
        <BellOutlined className="history-icon" aria-hidden />
        <div className="grow">
          <strong>{t('trials.told', { names: (effect.people ?? []).map(one => one.name).join(t('trials.comma')) })}</strong>
          <p className="history-why">{label(effect.title)}</p>
          <div className="muted small nums">{dateTime(effect.at)}</div>
        </div>
      </div>
    )
  if (effect.kind === 'changed')
    return (
      <div className="trial-row">
        <EditOutlined className="history-icon" aria-hidden />
        <div className="grow">
          <strong>{t('trials.changed', { name: effect.actor?.name ?? t('trials.system') })}</strong>
          <Changes changes={effect.changes ?? []} />
          <div className="muted small nums">{dateTime(effect.at)}</div>
        </div>
      </div>
    )
  return (
    <>
      {effect.run > 0 && <p className="trial-called muted">{t('trials.inCalled', { name: label(result.calls[effect.run - 1]?.sop.name) })}</p>}
      <RunHistory entries={[effect]} words={effect.run > 0 ? { ...words, sop: result.calls[effect.run - 1]!.definition } : words} />
      {effect.changes && <div className="trial-changes"><Changes changes={effect.changes} /></div>}
    </>
  )
}

function Act({ effect, words }: { effect: Effect; words: Words }) {
  const step = findStep(words.sop, effect.step)
  return (
    <div className="trial-row">
      <SolutionOutlined className="history-icon" aria-hidden />
      <div className="grow">
        <strong>{step ? stepName(step, words) : ''}</strong> {tMaybe(`work.act_${effect.act}`, tMaybe(`trials.act_${effect.act}`, effect.act ?? ''))}
        {effect.to && ` → ${effect.to.name}`}
        {effect.why && <p className="history-why">{label(effect.why)}</p>}
        {effect.comment && <p className="history-why">{effect.comment}</p>}
        <div className="muted small nums">{dateTime(effect.at)} · {effect.actor?.name ?? t('trials.system')}</div>
      </div>
    </div>
  )
}

function Changes({ changes }: { changes: RecordChange[] }) {
  const { byKey } = useCatalogue()
  return changes.map((change, i) => {
    const type = byKey(change.record.type)
    return (
      <div key={i} className="trial-change">
        <div className="small">{t(change.kind === 'created' ? 'trials.makes' : 'trials.writes', { type: label(change.typeLabel), name: change.record.name })}</div>
        <dl className="facts">
          {change.fields.map(one => {
            const field = type?.fields.find(f => f.key === one.field)
            const show = (value: unknown) => (field ? <FieldValue field={field} value={value} /> : <Plain value={value} />)
            return [<dt key={`${one.field}?`}>{label(one.label)}</dt>, <dd key={one.field}>{change.kind !== 'created' && <>{show(one.before)} → </>}{show(one.after)}</dd>]
          })}
        </dl>
      </div>
    )
  })
}

const Plain = ({ value }: { value: unknown }) => <>{value === null || value === undefined ? '—' : typeof value === 'object' && 'name' in value ? String(value.name) : typeof value === 'object' ? JSON.stringify(value) : String(value as string)}</>

function groupsOf(effects: Effect[], choices: number) {
  const groups: { choice: number | null; effects: Effect[] }[] = [{ choice: null, effects: [] }]
  for (let i = 0; i < choices; i++) groups.push({ choice: i, effects: [] })
  for (const effect of effects) groups[(effect.choice ?? -1) + 1]?.effects.push(effect)
  return groups
}

function chosenWords(choice: Choice | undefined, words: Words): string {
  if (!choice) return ''
  const step = choice.at ? findStep(words.sop, choice.at.slice(0, choice.at.lastIndexOf('#'))) : undefined
  const name = step ? stepName(step, words) : ''
  const act = choice.do === 'time'
    ? choice.when ? t('trials.did_timeTo', { at: dateTime(choice.when) }) : t('trials.did_time')
    : tMaybe(`trials.did_${choice.do}`, tMaybe(`work.act_${choice.do}`, tMaybe(`work.${choice.do}`, choice.do)))
  return name ? t('trials.chose', { name, act }) : act
}
