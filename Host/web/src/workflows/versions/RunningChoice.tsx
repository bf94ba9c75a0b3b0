import { Radio } from 'antd'
import { useCan } from '@/app/me'
import { t } from '@/texts'
import { PreviewView } from './PreviewView'
import type { StepMap } from './versions'

export type Running = 'stay' | 'migrate'
type Props = { sopKey: string; runs: number; running: Running; choose: (running: Running) => void; map: StepMap; setMap: (map: StepMap) => void }

/** What publishing does to the runs that are under way. */
export function RunningChoice({ sopKey, runs, running, choose, map, setMap }: Props) {
  const can = useCan()
  if (runs === 0) return null
  if (!can('run.manage')) return <p className="muted">{t('workflows.runsStay', { n: runs })}</p>
  return (
    <>
      <p className="running-title">{t('versions.running', { n: runs })}</p>
      <Radio.Group className="running-choice" aria-label={t('versions.running', { n: runs })} value={running} onChange={event => choose(event.target.value as Running)}>
        {(['stay', 'migrate'] as const).map(one => (
          <Radio key={one} value={one}>{t(`versions.${one}`)}<span className="muted small change-sentence">{t(`versions.${one}Text`)}</span></Radio>
        ))}
      </Radio.Group>
      {running === 'migrate' && <PreviewView wish={{ key: sopKey, to: 'draft' }} map={map} setMap={setMap} />}
    </>
  )
}
