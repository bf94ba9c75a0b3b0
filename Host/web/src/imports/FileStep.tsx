import { InboxOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Select, Upload } from 'antd'
import { api } from '@/api/client'
import type { RecordType } from '@/api/types'
import { explain, say } from '@/app/feedback'
import { label, t } from '@/texts'
import { guessType, headingsOf } from './guessType'
import type { UploadedFile } from './imports'

type Props = { types: RecordType[]; type: string | undefined; /** The person said so: nothing is guessed. */ chosen: boolean; setType: (key: string, guessed: boolean) => void; done: (file: UploadedFile) => void }

export function FileStep({ types, type, chosen, setType, done }: Props) {
  const upload = useMutation({
    meta: { quiet: true },
    mutationFn: async (file: File) => {
      const guessed = chosen ? undefined : guessType(await headingsOf(file), types)
      if (guessed && guessed.key !== type) {
        setType(guessed.key, true)
        say(t('imports.guessed', { type: label(guessed.label) }))
      }
      const form = new FormData()
      form.set('type', guessed?.key ?? type ?? '')
      form.set('file', file)
      return api.upload<UploadedFile>('imports', form)
    },
    onSuccess: done,
  })
  return (
    <div className="import-file">
      <label htmlFor="import-type">{t('imports.what')}</label>
      <Select id="import-type" value={type} onChange={key => setType(key, false)} options={types.map(one => ({ value: one.key, label: label(one.label) }))} />
      <Upload.Dragger
        accept=".csv,.txt,.tsv,text/csv"
        showUploadList={false}
        disabled={!type || upload.isPending}
        beforeUpload={file => {
          upload.mutate(file)
          return false
        }}
      >
        <p className="ant-upload-drag-icon"><InboxOutlined /></p>
        <p className="ant-upload-text">{upload.isPending ? t('imports.reading') : t('imports.drop')}</p>
        <p className="ant-upload-hint">{t('imports.dropHint')}</p>
      </Upload.Dragger>
      {upload.isError && <p className="form-problem" role="alert">{explain(upload.error)}</p>}
    </div>
  )
}
