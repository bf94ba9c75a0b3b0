using Crm.Shared.Access;
using Crm.Shared.Messaging;
using MediatR;

namespace Crm.Platform.SignIn;

/// <summary>Today's numbers, put together from what each module counts.</summary>
internal sealed record GetNumbers : IQuery<IReadOnlyDictionary<string, decimal>>;

internal sealed class GetNumbersHandler(IEnumerable<INumbers> parts) : IRequestHandler<GetNumbers, IReadOnlyDictionary<string, decimal>>
{
    public async Task<IReadOnlyDictionary<string, decimal>> Handle(GetNumbers request, CancellationToken ct)
    {
        var all = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var part in parts)
            foreach (var (key, number) in await part.ReadAsync(ct)) all.Add(key, number);
        return all;
    }
}
