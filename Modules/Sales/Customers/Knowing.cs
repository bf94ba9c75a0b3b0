using Crm.Sales.Contacts;
using Crm.Sales.Contracts;
using Crm.Shared.Access;
using Crm.Shared.Records;
using Crm.Shared.Records.Filters;
using MediatR;

namespace Crm.Sales.Customers;

internal sealed class FindKnownHandler(IRecords records, ICatalogueSource source, CurrentActor actor) : IRequestHandler<FindKnown, IReadOnlyList<Known>>
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Known>> Handle(FindKnown request, CancellationToken cancellationToken)
    {
        var customers = await FindAsync(CustomerType.Key, [("name", request.Company), ("phone", request.Phone), ("email", request.Email)], cancellationToken);
        var contacts = await FindAsync(ContactType.Key, [("phone", request.Phone), ("email", request.Email)], cancellationToken);
        return [.. customers, .. contacts];
    }

    private async Task<IEnumerable<Known>> FindAsync(string key, (string Field, string? Value)[] marks, CancellationToken ct)
    {
        var given = marks.Where(m => m.Value is not null).ToArray();
        if (given.Length == 0 || !actor.Value.Can($"{key}.read")) return [];
        var type = source.Current[key];
        var page = await records.ListAsync(new(key) { Filter = new Or([.. given.Select(m => type.Is(m.Field, m.Value!))]), Limit = Most }, ct);
        return page.Items.Select(r => new Known(r, [.. given.Where(m => string.Equals(r.Text(m.Field), m.Value, StringComparison.OrdinalIgnoreCase)).Select(m => m.Field)]));
    }
}
