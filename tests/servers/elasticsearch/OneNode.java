import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.bootstrap.BootstrapInfo;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Runs one node until the process is told to end: {@code OneNode HOME CONFIG}.
 *
 * <p>The official launcher refuses the root user and wants a module path; the packages of a
 * registry have neither scripts nor modules. The server inside is the same.
 */
public final class OneNode {
    private static final String CLUSTER_NAME = "cluster.name";

    private OneNode() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path config = Path.of(arguments[1]);
        LogConfigurator.registerErrorListener();
        BootstrapInfo.init();
        Settings where = Settings.builder().put("path.home", home.toString()).build();
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(where, Map.of(), config, () -> "one");
        LogConfigurator.setClusterName(environment.settings().get(CLUSTER_NAME));
        LogConfigurator.setNodeName("one");
        LogConfigurator.configureESLogging();
        LogConfigurator.configure(environment, true);
        Node node = new Node(environment, plugins(home));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node, ended), "end"));
        node.start();
        ended.await();
    }

    /** The last argument, false, is what lets plug-ins be loaded from the class path. */
    private static PluginsLoader plugins(Path home) {
        return PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(home.resolve("modules")),
            PluginsLoader.loadPluginsBundles(home.resolve("plugins")),
            Map.of(),
            false);
    }

    private static void end(Node node, CountDownLatch ended) {
        try {
            node.close();
            node.awaitClose(10, TimeUnit.SECONDS);
        } catch (Exception error) {
            error.printStackTrace();
        } finally {
            ended.countDown();
        }
    }
}
