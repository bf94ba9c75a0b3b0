using Crm.Shared.Access;
using Crm.Shared.Records;

namespace Crm.Platform.Roles;

/// <summary>What holders of a role may do.</summary>
/// <param name="Permissions">Permission keys.</param>
/// <param name="Scopes">Data scope by record type; <c>*</c> for types not named.</param>
internal sealed record Role(string Key, Label Name, IReadOnlyCollection<string> Permissions, IReadOnlyDictionary<string, DataScope> Scopes);
