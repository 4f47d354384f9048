using Pipeline.Nn;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>All places that become one.</summary>
internal sealed record GlobalPoolPlan(GlobalPoolKind Kind) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new GlobalPool(input, Kind, outputHalo, team);
}
