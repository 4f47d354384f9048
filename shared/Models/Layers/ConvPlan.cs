using Pipeline.Nn;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>A block of a convolution, or a dense layer.</summary>
internal sealed record ConvPlan(ConvSettings Settings) : LayerPlan
{
    public override Halo InputHalo => Halo.Of(Settings.KernelHeight, Settings.KernelWidth);

    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new ConvBlock(input, Settings, outputHalo, team);
}
