import { CheckOutlined } from '@ant-design/icons'
import { lazy, Suspense, useState } from 'react'
import type { PlugProps } from '@/records/plugs'
import { label, t } from '@/texts'
import { useMove } from './useMove'
import './stage-path.css'

const LostDialog = lazy(() => import('./LostDialog'))

/** The stages as a path; a click moves the opportunity there. */
export default function StagePath({ type, record }: PlugProps) {
  const move = useMove()
  const [losing, setLosing] = useState(false)
  const stages = type.fields.find(field => field.key === 'stage')?.options ?? []
  const at = stages.findIndex(stage => stage.key === record.stage)
  const lost = record.stage === 'lost'
  const fixed = record.can?.update !== true || !!record.deletedAt || move.isPending

  const go = (stage: string) => {
    if (stage === record.stage) return
    if (stage === 'lost') setLosing(true)
    else move.mutate({ record, stage })
  }
  return (
    <>
      <ol className="plain stages" aria-label={t('sales.stages')}>
        {stages.map((stage, index) => {
          const done = !lost && index < at && stage.key !== 'lost'
          const here = index === at
          const shape = [done && 'stage-done', here && 'stage-here', here && lost && 'stage-lost', here && stage.key === 'won' && 'stage-won'].filter(Boolean).join(' ')
          return (
            <li key={stage.key} className={`stage ${shape}`}>
              <button type="button" disabled={fixed} aria-current={here ? 'step' : undefined} onClick={() => go(stage.key)}>
                {done && <CheckOutlined aria-hidden />} {label(stage.label)}
              </button>
            </li>
          )
        })}
      </ol>
      <Suspense>
        {losing && (
          <LostDialog
            type={type}
            name={String(record.name)}
            close={() => setLosing(false)}
            done={reason => {
              setLosing(false)
              move.mutate({ record, stage: 'lost', ...reason })
            }}
          />
        )}
      </Suspense>
    </>
  )
}
