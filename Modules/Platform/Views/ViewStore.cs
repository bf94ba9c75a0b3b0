using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Problems;

namespace Crm.Platform.Views;

internal sealed class ViewStore(Session session, CurrentActor current, TimeProvider time)
{
    private const string Columns = "id, user_id, record_type, name, filter, sort, columns, shared";
    private Guid Me => current.Value.UserId ?? Guid.Empty;

    public async Task<IReadOnlyList<ViewInfo>> ListAsync(string type, CancellationToken ct) =>
        [.. (await session.QueryAsync<Row>($"SELECT {Columns} FROM platform_view WHERE record_type = @type AND (user_id = @Me OR shared = 1) ORDER BY name, id", new { type, Me }, ct)).Select(Info)];

    /// <summary>One's own view, or anybody's shared one for administrators.</summary>
    public async Task<ViewInfo> OwnAsync(Guid id, CancellationToken ct)
    {
        var row = await session.FirstAsync<Row>($"SELECT {Columns} FROM platform_view WHERE id = @id", new { id }, ct);
        return row is not null && (row.UserId == Me || row.Shared && current.Value.Unlimited) ? Info(row) : throw Problem.NotFound("view", id);
    }

    public Task SaveAsync(ViewInfo view, bool isNew, CancellationToken ct)
    {
        var row = new
        {
            view.Id, Me, view.Type, view.Name, view.Sort, view.Shared,
            Filter = view.Filter?.GetRawText(),
            Shown = view.Columns is null ? null : JsonSerializer.Serialize(view.Columns, Stored.Json),
            Now = time.UtcNow(),
        };
        return session.ExecuteAsync(isNew
            ? $"INSERT INTO platform_view ({Columns}, created_at) VALUES (@Id, @Me, @Type, @Name, @Filter, @Sort, @Shown, @Shared, @Now)"
            : "UPDATE platform_view SET name = @Name, filter = @Filter, sort = @Sort, columns = @Shown, shared = @Shared WHERE id = @Id", row, ct);
    }

    public Task DeleteAsync(Guid id, CancellationToken ct) => session.ExecuteAsync("DELETE FROM platform_view WHERE id = @id", new { id }, ct);

    private ViewInfo Info(Row row) => new(row.Id, row.RecordType, row.Name, row.Filter is null ? null : JsonSerializer.Deserialize<JsonElement>(row.Filter), row.Sort,
        row.Columns is null ? null : JsonSerializer.Deserialize<string[]>(row.Columns), row.Shared, row.UserId == Me);

    private sealed class Row
    {
        public Guid Id { get; init; }
        public Guid UserId { get; init; }
        public string RecordType { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Filter { get; init; }
        public string? Sort { get; init; }
        public string? Columns { get; init; }
        public bool Shared { get; init; }
    }
}
