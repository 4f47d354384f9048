using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>A function of each value.</summary>
internal sealed record ActivationPlan(ActivationKind Kind) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new Activation(input, Kind, outputHalo, team);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) => Kind == ActivationKind.Relu ? network.Relu(x) : network.Gelu(x);
}
