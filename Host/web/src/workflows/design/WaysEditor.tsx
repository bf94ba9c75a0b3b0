import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { label, t } from '@/texts'
import { freeId } from '../definition/edit'
import type { Step, Way } from '../definition/sop'
import type { Words } from '../words/context'
import { wayWords } from '../words/way'
import { ConditionInput } from './inputs/ConditionInput'
import { WordingInput } from './inputs/WordingInput'

/** The ways of a branch, each with its condition, or of a parallel. */
export function WaysEditor({ step, words, onChange }: { step: Step; words: Words; onChange: (step: Step) => void }) {
  const ways = step.paths ?? []
  const write = (paths: Way[]) => onChange({ ...step, paths })
  const set = (i: number, change: Partial<Way>) => write(ways.map((way, j) => (j === i ? { ...way, ...change } : way)))
  const swap = (i: number, j: number) => {
    const next = [...ways]
    ;[next[i], next[j]] = [next[j]!, next[i]!]
    write(next)
  }
  return (
    <>
      <h3>{t('workflows.ways')}</h3>
      {ways.map((way, i) => (
        <div key={way.id} className="stage">
          <div className="design-row">
            <strong className="grow">{wayWords(step, { way: way.id, label: way.label, when: way.when, steps: [] }, words)}</strong>
            <Button type="text" size="small" icon={<ArrowUpOutlined />} disabled={i === 0} aria-label={t('platform.up')} onClick={() => swap(i, i - 1)} />
            <Button type="text" size="small" icon={<ArrowDownOutlined />} disabled={i === ways.length - 1} aria-label={t('platform.down')} onClick={() => swap(i, i + 1)} />
            <Button type="text" size="small" danger icon={<DeleteOutlined />} disabled={ways.length === 1} aria-label={`${t('app.delete')} ${label(way.label)}`} onClick={() => write(ways.filter((_, j) => j !== i))} />
          </div>
          <div className="design-field">
            <div className="design-label">{t('workflows.wayName')}</div>
            <WordingInput name={t('workflows.wayName')} value={way.label ?? undefined} onChange={next => set(i, { label: next && typeof next === 'object' ? next : undefined })} />
          </div>
          {step.kind === 'branch' && (
            <div className="design-field">
              <div className="design-label">{t('workflows.condition')}</div>
              <ConditionInput steps type={words.type} value={way.when ?? undefined} onChange={when => set(i, { when })} />
            </div>
          )}
        </div>
      ))}
      <Button type="dashed" block icon={<PlusOutlined />} onClick={() => write([...ways, { id: freeId('way', new Set(ways.map(way => way.id))), steps: [] }])}>{t('workflows.addWay')}</Button>
    </>
  )
}
