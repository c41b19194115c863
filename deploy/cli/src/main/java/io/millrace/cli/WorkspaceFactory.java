package io.millrace.cli;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Gives the workspace to each command whose constructor asks for it. */
final class WorkspaceFactory implements IFactory {
    private final Workspace workspace;

    WorkspaceFactory(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        boolean asks = Arrays.stream(type.getDeclaredConstructors())
                .map(Constructor::getParameterTypes)
                .anyMatch(parameters -> parameters.length == 1 && parameters[0] == Workspace.class);
        if (!asks) {
            return CommandLine.defaultFactory().create(type);
        }
        Constructor<K> constructor = type.getDeclaredConstructor(Workspace.class);
        constructor.setAccessible(true);
        return constructor.newInstance(workspace);
    }
}
