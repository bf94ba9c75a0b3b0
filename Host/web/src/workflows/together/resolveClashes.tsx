import { Radio } from 'antd'
import { useState } from 'react'
import { dialog } from '@/app/feedback'
import { label, t } from '@/texts'
import { LinesSkeleton } from '@/ui/Skeletons'
import { Sentence } from '../canvas/Sentence'
import type { Sop, Step } from '../definition/sop'
import { useWords } from '../sops/sops'
import '../versions/versions.css'
import { stepName } from '../words/names'
import { stepSentence } from '../words/sentence'
import type { Choice, Clash, Side } from './merge'

/** Asks whose change counts where both changed the same; null when the person leaves it for later. */
export function resolveClashes(clashes: Clash[], theirs: Sop): Promise<Choice | null> {
  const sides: Record<string, Side> = {}
  return new Promise(resolve => {
    dialog().confirm({
      title: t('versions.clashTitle'),
      icon: null,
      width: 680,
      content: <Clashes clashes={clashes} sop={theirs} choose={(key, side) => void (sides[key] = side)} />,
      okText: t('versions.clashSave'),
      cancelText: t('versions.clashLater'),
      onOk: () => resolve(key => sides[key] ?? 'mine'),
      onCancel: () => resolve(null),
    })
  })
}

type Props = { clashes: Clash[]; sop: Sop; choose: (key: string, side: Side) => void }

function Clashes({ clashes, sop, choose }: Props) {
  const words = useWords(sop, true)
  const [sides, setSides] = useState<Record<string, Side>>({})
  if (!words) return <LinesSkeleton lines={4} />
  const said = (step: Step | null) => (step ? <Sentence parts={stepSentence(step, words)} /> : <em>{t('versions.stepGone')}</em>)
  return (
    <>
      <p className="muted">{t('versions.clashText')}</p>
      {clashes.map(clash => {
        const step = clash.mine ?? clash.theirs
        const name = clash.member ? t(`versions.head_${clash.member}`) : step ? stepName(step, words) : clash.key
        return (
          <div key={clash.key} className="clash">
            <strong>{name}</strong>
            <Radio.Group
              className="clash-sides"
              aria-label={label(name)}
              value={sides[clash.key] ?? 'mine'}
              onChange={event => {
                const side = event.target.value as Side
                setSides({ ...sides, [clash.key]: side })
                choose(clash.key, side)
              }}
            >
              {(['mine', 'theirs'] as const).map(side => (
                <Radio key={side} value={side}>
                  <strong>{t(`versions.${side}`)}</strong>
                  {!clash.member && <span className="change-sentence">{said(clash[side])}</span>}
                </Radio>
              ))}
            </Radio.Group>
          </div>
        )
      })}
    </>
  )
}
