using BenchmarkDotNet.Running;
using Pipeline.Benchmarks;

if (args.Length > 0 && Commands.Find(args[0]) is { } command)
{
    return command(new Arguments(args[1..]));
}

BenchmarkSwitcher.FromAssembly(typeof(MicroConfig).Assembly).Run(args);
return 0;
