import { useQuery } from '@tanstack/react-query'
import { Button, Upload } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { say, warn } from '@/app/feedback'
import { label, t } from '@/texts'
import { Failure } from '@/ui/Failure'
import { Page } from '@/ui/Page'
import { LinesSkeleton, PageSkeleton } from '@/ui/Skeletons'
import { FlowView } from '../canvas/FlowView'
import type { StepProblem } from '../canvas/context'
import { StepPanel } from '../steps/StepPanel'
import { ProblemList } from './ProblemList'
import { PublishDialog } from './PublishDialog'
import { isSop } from './sopFile'
import { sopQuery, useWords, type SopProblem } from './sops'
import { useSaveDraft } from './useDraft'

/** The draft of an SOP with what the server finds wrong in it. */
export function SopDesigner({ sopKey }: { sopKey: string }) {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const sop = useQuery(sopQuery(sopKey, 'draft'))
  const check = useQuery({ queryKey: keys.sops('check', sopKey), queryFn: () => api.post<{ problems: SopProblem[] }>(`sops/${sopKey}/validate`) })
  const save = useSaveDraft(sopKey)
  const words = useWords(sop.data?.definition)
  const [selected, select] = useState<string | null>(search.get('step'))
  const [publishing, setPublishing] = useState(false)
  if (sop.isError) return <Failure error={sop.error} again={() => void sop.refetch()} />
  if (!sop.data) return <PageSkeleton />
  const problems = check.data?.problems ?? []
  const bySteps: Record<string, StepProblem[]> = {}
  for (const problem of problems) (bySteps[problem.step ?? ''] ??= []).push(problem)
  const read = async (file: File) => {
    const draft: unknown = await file.text().then(text => JSON.parse(text) as unknown).catch(() => null)
    if (!isSop(draft)) return warn(t('workflows.notAnSop'))
    await save.mutateAsync({ definition: draft, revision: sop.data.revision })
    say(t('app.saved'))
  }
  return (
    <Page
      full
      title={label(sop.data.name)}
      note={<span className="chip chip-gold">{t('workflows.draft')}</span>}
      actions={
        <>
          <Button onClick={() => void navigate(`/sops/${sopKey}`)}>{t('app.close')}</Button>
          <Upload accept=".json,application/json" showUploadList={false} beforeUpload={file => { void read(file); return false }}><Button>{t('workflows.importJson')}</Button></Upload>
          <Button type="primary" onClick={() => setPublishing(true)}>{t('workflows.publish')}</Button>
        </>
      }
    >
      {words ? (
        <FlowView
          words={words}
          selected={selected}
          select={select}
          problems={bySteps}
          panel={selected && <StepPanel words={words} selected={selected} close={() => select(null)} problems={bySteps[selected === 'start' ? '' : selected]} />}
        />
      ) : <LinesSkeleton lines={6} />}
      {problems.length > 0 && <div className="problem-bar"><ProblemList problems={problems} open={step => select(step ?? 'start')} /></div>}
      {publishing && <PublishDialog sop={sop.data} close={() => setPublishing(false)} />}
    </Page>
  )
}
