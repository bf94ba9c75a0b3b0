using Crm.Platform.Imports.Csv;
using Crm.Shared.Problems;
using Crm.Shared;

namespace Crm.Platform.Imports;

/// <summary>Uploaded files in the data folder, and how far each has been read: the next chunk goes on where the last one ended instead of reading from the start again.</summary>
internal sealed class ImportFiles(CrmOptions options) : IDisposable
{
    private const int MostOpen = 8;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Place> open = [];

    public long MostBytes => options.ImportMegabytes * 1024L * 1024;

    public async Task SaveAsync(Guid id, Stream from, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder);
        await using var file = new FileStream(Path(id), FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
        var (buffer, size) = (new byte[64 * 1024], 0L);
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
        {
            if ((size += read) > MostBytes) throw new Problem(413, "import.tooLarge", [], options.ImportMegabytes);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    public Stream Read(Guid id) => File.Exists(Path(id)) ? new FileStream(Path(id), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024) : throw Problem.Conflict("import.fileGone");

    public void Delete(Guid id)
    {
        Close(id);
        File.Delete(Path(id));
    }

    /// <summary>The rows at the given places, which grow.</summary>
    public IReadOnlyList<(long Position, CsvRow Row)> RowsAt(Import import, IEnumerable<long> positions) =>
        Rows(import, place => positions.Select(place.At).TakeWhile(r => r is not null).Select(r => r!.Value).ToArray());

    /// <summary>Up to <paramref name="count"/> rows from a place on.</summary>
    public IReadOnlyList<(long Position, CsvRow Row)> RowsFrom(Import import, long from, int count) =>
        RowsAt(import, Enumerable.Range(0, count).Select(i => from + i));

    public void Close(Guid id)
    {
        lock (gate)
            if (open.Remove(id, out var place)) place.Dispose();
    }

    public void Dispose()
    {
        foreach (var id in open.Keys.ToArray()) Close(id);
    }

    private T Rows<T>(Import import, Func<Place, T> read)
    {
        lock (gate)
        {
            if (!open.Remove(import.Id, out var place)) place = new(() => Read(import.Id), import.ReadFormat());
            try
            {
                return read(place);
            }
            finally
            {
                if (open.Count >= MostOpen) Close(open.Keys.First());
                open[import.Id] = place;
            }
        }
    }

    private string Folder => System.IO.Path.Combine(options.DataFolder, "imports");
    private string Path(Guid id) => System.IO.Path.Combine(Folder, $"{id}.csv");

    /// <summary>A file open at some row. Going back means to open it again.</summary>
    private sealed class Place(Func<Stream> start, CsvFormat format) : IDisposable
    {
        private Stream? stream;
        private CsvFile? file;
        private IEnumerator<CsvRow>? rows;
        private long next;

        public (long Position, CsvRow Row)? At(long position)
        {
            if (file is null || next > position)
            {
                Dispose();
                file = new(stream = start(), format);
                rows = file.Rows().GetEnumerator();
                next = 0;
            }
            while (rows!.MoveNext())
                if (next++ == position) return (position, rows.Current);
            Dispose();
            return null;
        }

        public void Dispose()
        {
            rows?.Dispose();
            file?.Dispose();
            stream?.Dispose();
            file = null;
        }
    }
}
