using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>A block of a convolution, or a dense layer.</summary>
internal sealed record ConvPlan(ConvSettings Settings) : LayerPlan
{
    public override Halo InputHalo => Halo.Of(Settings.KernelHeight, Settings.KernelWidth);

    public override ILayer Build(Tensor input, Halo outputHalo, Team team)
    {
        // Asked before room is made for any of it: a tensor in a file has less than 2 GB.
        _ = checked(Settings.KernelHeight * Settings.KernelWidth * input.Shape.Channels * Settings.Filters * sizeof(float));
        return new ConvBlock(input, Settings, outputHalo, team);
    }

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) => network.Conv(x, Settings, parameters);
}
