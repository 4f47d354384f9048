namespace Pipeline.Nn.Kernels;

/// <summary>The instructions that matrices are multiplied with. All give the same bits: every sum is made in the same order.</summary>
internal enum KernelSet
{
    /// <summary>A plain loop, which says what the others compute.</summary>
    Reference,

    /// <summary>Vectors of 128 bits of any processor.</summary>
    Portable,

    /// <summary>Vectors of 256 bits.</summary>
    Avx2,

    /// <summary>Vectors of 512 bits.</summary>
    Avx512,
}
