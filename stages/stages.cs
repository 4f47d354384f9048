// Not a stage: stages.csproj publishes all of them at once, and a project that publishes has to be a program.
return 0;
