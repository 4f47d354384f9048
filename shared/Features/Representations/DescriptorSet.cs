namespace Pipeline.Features.Representations;

/// <summary>A published table of descriptors whose columns are computed.</summary>
internal enum DescriptorSet
{
    /// <summary>The 518 columns of <c>features.csv</c> of the Free Music Archive dataset (Defferrard and others 2017).</summary>
    Fma,

    /// <summary>The 57 columns of <c>features_30_sec.csv</c>, which circulates with GTZAN.</summary>
    Gtzan,
}
