import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Steps } from 'antd'
import { useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api } from '@/api/client'
import { keys } from '@/api/keys'
import { report } from '@/app/feedback'
import { may, useCatalogue, usual } from '@/app/me'
import { queryClient } from '@/app/queries'
import { useWide } from '@/app/useWide'
import { label, t } from '@/texts'
import { Page } from '@/ui/Page'
import { LinesSkeleton } from '@/ui/Skeletons'
import { ErrorRows } from './ErrorRows'
import { FileStep } from './FileStep'
import { ImportProgress } from './ImportProgress'
import './imports.css'
import { active, importQuery, type ImportPlan, type UploadedFile } from './imports'
import { doubled, firstMapping, missingFields } from './mapping'
import { MappingStep } from './MappingStep'

/** Brings a file in: which file, which column is what, what would happen, go. */
export function ImportWizard() {
  const wide = useWide()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const { types } = useCatalogue()
  const allowed = types.filter(type => may(type, 'import'))
  const [typeKey, setType] = useState(search.get('type') ?? usual(allowed)?.key)
  const [chosen, setChosen] = useState(search.has('type'))
  const type = allowed.find(one => one.key === typeKey)
  const [file, setFile] = useState<UploadedFile | null>(null)
  const [plan, setPlan] = useState<ImportPlan>({ mapping: {}, duplicates: 'skip', startSops: false })
  const [step, setStep] = useState(0)
  const id = file?.id ?? ''
  const job = useQuery({ ...importQuery(id), enabled: step === 2 })
  const check = useMutation({
    mutationFn: async () => {
      await api.patch(`imports/${id}`, plan)
      await api.post(`imports/${id}/dry-run`)
      await queryClient.invalidateQueries({ queryKey: keys.imports('one', id) })
    },
    onSuccess: () => setStep(2),
  })
  const start = useMutation({
    // a second press is the same start
    mutationFn: () => api.post(`imports/${id}/start`, {}, { idempotencyKey: `start-${id}` }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.imports() })
      void navigate(`/imports/${id}`, { replace: true })
    },
  })
  // an import that was left before it was started goes on where it stood
  const left = search.get('id')
  useEffect(() => {
    if (!left) return
    let gone = false
    api.get<UploadedFile & { type: string; total: number }>(`imports/${left}`).then(found => {
      if (gone) return
      setType(found.type)
      setFile({ ...found, rows: found.total, guess: found.guess ?? {} })
      setPlan({ mapping: found.mapping ?? {}, duplicates: found.duplicates ?? 'skip', startSops: found.startSops ?? false })
      setStep(1)
    }, report)
    return () => {
      gone = true
    }
  }, [left])
  const uploaded = (next: UploadedFile) => {
    setFile(next)
    setPlan({ ...plan, mapping: firstMapping(next) })
    setStep(1)
  }
  const mapped = Object.values(plan.mapping).some(Boolean)
  const blocked = !type || !mapped || doubled(plan.mapping).length > 0 || (plan.duplicates !== 'update' && missingFields(type, plan.mapping).length > 0)
  const checking = !job.data || active(job.data.state)
  const lands = job.data ? job.data.created + job.data.updated : 0
  return (
    <Page title={type ? t('imports.importType', { type: label(type.label) }) : t('imports.newImport')}>
      <Steps current={step} size="small" responsive={false} className="import-steps" items={(['file', 'mapping', 'check', 'run'] as const).map((key, i) => ({ title: wide || i === step ? t(`imports.step_${key}`) : '' }))} />
      {step === 0 && <FileStep types={allowed} type={typeKey} chosen={chosen} setType={(key, guessed) => { setType(key); setChosen(!guessed) }} done={uploaded} />}
      {step === 1 && file && type && (
        <>
          <MappingStep file={file} type={type} plan={plan} onChange={setPlan} />
          <div className="import-acts">
            <Button onClick={() => setStep(0)}>{t('imports.back')}</Button>
            <Button type="primary" disabled={blocked} loading={check.isPending} onClick={() => check.mutate()}>{t('imports.checkNow')}</Button>
          </div>
        </>
      )}
      {step === 2 && (
        <>
          {job.data ? <ImportProgress job={job.data} trial /> : <LinesSkeleton />}
          {job.data && !checking && <ErrorRows job={job.data} />}
          <div className="import-acts">
            <Button disabled={checking} onClick={() => setStep(1)}>{t('imports.back')}</Button>
            <Button type="primary" disabled={checking || lands === 0} loading={start.isPending} onClick={() => start.mutate()}>{t('imports.startNow', { n: lands })}</Button>
          </div>
        </>
      )}
    </Page>
  )
}
