using System.Text.Json;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;
using Crm.Workflows.Runtime;

namespace Crm.Workflows.People.Finding;

/// <summary>Finds people with what the database knows: fields of the record, open work, whose turn it was.</summary>
internal sealed class PeopleSearch(Session session, IRecords records, ICatalogueSource catalogue, IDirectory directory, RunStore runs, IEnumerable<IOpenWork> others, TimeProvider time) : IPeople
{
    public async Task<IReadOnlyList<Found>> FindAsync(PeopleRule rule, StepContext context, string turnKey, CancellationToken ct)
    {
        var run = await runs.FindAsync(context.RunId, ct) ?? throw new InvalidOperationException($"No run {context.RunId}.");
        return await FindAsync(rule, run, turnKey, ct);
    }

    public async Task<IReadOnlyList<Found>> FindAsync(PeopleRule rule, Run run, string turnKey, CancellationToken ct)
    {
        var record = await records.FindAsync(run.RecordType, run.RecordId, ct);
        IReadOnlyList<Guid> chosen = run.Chosen is null ? [] : JsonSerializer.Deserialize<Guid[]>(run.Chosen, Stored.Json)!;
        var facts = new Known(session, records, catalogue, others, record, run.InitiatorId, chosen);
        var found = await new PeopleFinder(await directory.ReadAsync(ct), facts, time.UtcNow()).FindAsync(rule, turnKey, ct);
        if (facts.TurnAsked && found is [var next, ..]) await TookTurnAsync(turnKey, next.User, ct);
        return found;
    }

    /// <summary>Whom the rule would find now. Nobody's turn is taken.</summary>
    public async Task<IReadOnlyList<Found>> WouldBeAsync(PeopleRule rule, Record? record, Guid? initiator, string turnKey, CancellationToken ct) =>
        await new PeopleFinder(await directory.ReadAsync(ct), new Known(session, records, catalogue, others, record, initiator, []), time.UtcNow()).FindAsync(rule, turnKey, ct);

    private async Task TookTurnAsync(string name, Guid user, CancellationToken ct)
    {
        if (await session.ExecuteAsync("UPDATE workflows_rotation SET user_id = @user WHERE name = @name", new { name, user }, ct) == 0)
            await session.ExecuteAsync("INSERT INTO workflows_rotation (name, user_id) VALUES (@name, @user)", new { name, user }, ct);
    }

    private sealed class Known(Session session, IRecords records, ICatalogueSource catalogue, IEnumerable<IOpenWork> others, Record? record, Guid? initiator, IReadOnlyList<Guid> chosen) : IPeopleFacts
    {
        public bool TurnAsked { get; private set; }
        public Guid? Owner => record?.Owner;
        public Guid? Initiator => initiator;
        public string? Region => record?.Text("region");

        /// <summary>People name a unit's region as they say it; records keep the option's key.</summary>
        public bool IsRegion(string name) => name == Region
            || record?.Type.Find("region")?.Options.FirstOrDefault(o => o.Key == Region)?.Label is { } label && (label.Zh == name || label.En.Equals(name, StringComparison.OrdinalIgnoreCase));
        public IReadOnlyList<Guid> Chosen => chosen;

        public Label RoleName(string key) => catalogue.Current.Find("user")?.Find("roles")?.Options.FirstOrDefault(o => o.Key == key)?.Label ?? new(key, key);

        public Label FieldName(string path)
        {
            if (record is null || catalogue.Current.Path(record.Type, path) is not { } fields) return new(path, path);
            return new(string.Join("的", fields.Select(f => f.Label.Zh)), string.Join(": ", fields.Select(f => f.Label.En)));
        }

        public async ValueTask<IReadOnlyList<Guid>> UsersAtAsync(string path, CancellationToken ct)
        {
            if (record is null || catalogue.Current.Path(record.Type, path) is null) return [];
            return (await records.ReadPathsAsync(record, [path], ct))[path] is Guid id ? [id] : [];
        }

        public async ValueTask<IReadOnlyDictionary<Guid, int>> OpenWorkAsync(IReadOnlyCollection<Guid> users, CancellationToken ct)
        {
            var tasks = await session.QueryAsync<Load>("SELECT assignee_id AS who, COUNT(*) AS n FROM workflows_task WHERE status = 0 AND assignee_id IN @users GROUP BY assignee_id", new { users = users.AsEnumerable() }, ct);
            var work = tasks.ToDictionary(l => l.Who, l => l.N);
            foreach (var other in others)
                foreach (var (who, n) in await other.CountAsync(users, ct)) work[who] = work.GetValueOrDefault(who) + n;
            return work;
        }

        public async ValueTask<Guid?> LastTurnAsync(string turnKey, CancellationToken ct)
        {
            TurnAsked = true;
            if (session is { Dialect.LocksRows: true, InTransaction: true }) await HoldTurnAsync(turnKey, ct);
            return await session.FirstAsync<Guid?>("SELECT user_id FROM workflows_rotation WHERE name = @name", new { name = turnKey }, ct);
        }

        /// <summary>The row is held so that two who ask at once take turns after one another; before the first turn it stands for nobody.</summary>
        private async Task HoldTurnAsync(string turnKey, CancellationToken ct)
        {
            const string hold = "UPDATE workflows_rotation SET user_id = user_id WHERE name = @name";
            var row = new { name = turnKey, nobody = Guid.Empty };
            if (await session.ExecuteAsync(hold, row, ct) == 0 && !await session.InsertUnlessAsync("workflows_rotation", "name, user_id", "@name, @nobody", "name = @name", row, ct))
                await session.ExecuteAsync(hold, row, ct);
        }
    }

    private sealed class Load
    {
        public Guid Who { get; init; }
        public int N { get; init; }
    }
}
