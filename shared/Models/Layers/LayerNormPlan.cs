using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>Normalisation of the channels of each place.</summary>
internal sealed record LayerNormPlan : LayerPlan
{
    private const float Epsilon = 1e-5f; // PyTorch's

    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new LayerNorm(input, Epsilon, outputHalo, team);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) =>
        network.LayerNorm(x, parameters[0].Values, parameters[1].Values, Epsilon);
}
