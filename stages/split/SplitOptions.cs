namespace Pipeline.Stages.Splitting;

/// <summary>What is wanted of a split.</summary>
/// <param name="Linking">What is never divided.</param>
/// <param name="Fractions">Wanted shares of the parts, where no fold decides.</param>
/// <param name="Folds">How many folds.</param>
/// <param name="TestFold">The fold that is the test part; null where the fractions decide.</param>
/// <param name="KeptFaults">Faults that do not matter.</param>
/// <param name="PlacesUnlisted">Whether recordings are placed that the lists do not name, while they name others of their source.</param>
/// <param name="LeavesOutLeaks">Whether what the lists divide is left out, and not refused.</param>
/// <param name="Seed">Decides between groups that are alike.</param>
internal sealed record SplitOptions(
    Linking Linking,
    Fractions Fractions,
    int Folds,
    int? TestFold,
    IReadOnlyList<string> KeptFaults,
    bool PlacesUnlisted,
    bool LeavesOutLeaks,
    ulong Seed)
{
    /// <summary>Wanted share of each part, in the order of <see cref="Parts.All"/>.</summary>
    public double[] Shares => TestFold is null ? Fractions.Shares : [1 - 2.0 / Folds, 1.0 / Folds, 1.0 / Folds];

    /// <summary>As the provenance tells them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings(PublishedLists lists) =>
    [
        new("by", Linking.Name),
        TestFold is { } fold ? new("test-fold", Text(fold)) : new("fractions", Fractions.ToString()),
        new("folds", Text(Folds)),
        new("keep-fault", string.Join(',', KeptFaults.Distinct().Order(StringComparer.Ordinal))),
        new("lists", lists.Setting),
        new("place-unlisted", PlacesUnlisted ? "true" : "false"),
        new("leave-out-leaks", LeavesOutLeaks ? "true" : "false"),
        new("seed", Text(Seed)),
        .. Linking.Warning is { } warning ? new[] { KeyValuePair.Create(Tables.Provenance.Warning, warning) } : [],
    ];

    private static string Text(IFormattable number) => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
