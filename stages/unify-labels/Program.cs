// unify-labels
using System.CommandLine;
using Pipeline.Cli;

var command = new RootCommand("Not there yet.");
command.SetAction(_ => { });
return Stage.Run("unify-labels", command, args);
