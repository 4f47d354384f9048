using System.Runtime.Intrinsics.X86;

namespace Pipeline.Nn.Kernels;

/// <summary>Which sets of instructions this processor has.</summary>
internal static class KernelSets
{
    /// <summary>The fastest. Vector512.IsHardwareAccelerated is false on processors that have the instructions and run slower clocks with them, which is worth it here.</summary>
    public static KernelSet Best { get; } = IsSupported(KernelSet.Avx512) ? KernelSet.Avx512 : IsSupported(KernelSet.Avx2) ? KernelSet.Avx2 : KernelSet.Portable;

    /// <summary>Whether it runs here.</summary>
    public static bool IsSupported(KernelSet set) => set switch
    {
        KernelSet.Avx512 => Avx512F.IsSupported,
        KernelSet.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        _ => true,
    };
}
