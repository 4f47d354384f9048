using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>Normalisation of each channel over a batch.</summary>
internal sealed record BatchNormPlan(bool IsAffine, float Clamp) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new BatchNorm(input, IsAffine, Clamp, outputHalo, team);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters) => network.BatchNorm(x, IsAffine, Clamp, parameters);
}
