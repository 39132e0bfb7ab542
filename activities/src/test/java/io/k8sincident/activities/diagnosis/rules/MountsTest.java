package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.evidence.Fields;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountsTest {
    private static ContainerView mounting(String paths) {
        StringBuilder mounts = new StringBuilder();
        for (String path : paths.split(" ", -1)) {
            mounts.append("{name: 'at%1$s', mountPath: '%1$s'},".formatted(path));
        }
        return Seen.container("volumeMounts: [%s]".formatted(mounts.substring(0, mounts.length() - 1)));
    }

    private static String under(String paths, String text) {
        return Mounts.under(mounting(paths), text)
                .map(mount -> mount.text("mountPath"))
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/app, open /etc/app/x.yaml: no, /etc/app",
        "/etc/app, /etc/app/x.yaml, /etc/app",
        "/etc/app, cannot read /etc/app, /etc/app",
        "/etc/app, \"/etc/app\": bad, /etc/app",
        "/etc/app, in '/etc/app', /etc/app",
        "/etc/app/, open /etc/app/x, /etc/app/",
        "/d, open /d/x, /d",
        "/etc/app, not /x/etc/app but /etc/app, /etc/app",
        "/etc /etc/app /e, open /etc/app/x, /etc/app",
        "/etc/app /etc, open /etc/app/x, /etc/app"
    })
    void theLongestPathAboveTheFileIsItsMount(String paths, String text, String expected) {
        assertThat(under(paths, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/app, open /etc/application/x",
        "/etc/app, open /etc/app-2/x",
        "/etc/app, open /etc/app_2/x",
        "/etc/app, open /etc/app.d/x",
        "/etc/app, open /x/etc/app/y",
        "/etc/app, open 7/etc/app/y",
        "/etc/app, nothing",
        "/, open /etc/app/y"
    })
    void anotherPathIsNotBelow(String paths, String text) {
        assertThat(under(paths, text)).isEqualTo("none");
    }

    @Test
    void theVolumeIsThatOfItsName() {
        ContainerView container = Seen.container("", "volumes: [{name: 'a', secret: {}}, {name: 'b', emptyDir: {}}]");

        assertThat(Mounts.volume(container, "b"))
                .hasValueSatisfying(volume -> assertThat(volume.has("emptyDir")).isTrue());
        assertThat(Mounts.volume(container, "c")).isEmpty();
    }

    private static Fields volume(String fields) {
        return Seen.pod("volumes: [{name: 'v', %s}]".formatted(fields))
                .resource()
                .fields()
                .list("spec", "volumes")
                .get(0);
    }

    @Test
    void filesOfAConfigMapMayNotBeExecutedUnlessItSaysSo() {
        assertThat(Mounts.modeWithoutExecution(volume("configMap: {name: 'c'}")))
                .contains(new Mounts.Mode("configMap", "0644"));
        assertThat(Mounts.modeWithoutExecution(volume("secret: {defaultMode: 256}")))
                .contains(new Mounts.Mode("secret", "0400"));
        assertThat(Mounts.modeWithoutExecution(volume("projected: {defaultMode: 420, sources: []}")))
                .contains(new Mounts.Mode("projected", "0644"));
    }

    @Test
    void whatMayBeExecutedIsNoMatterOfItsMode() {
        assertThat(Mounts.modeWithoutExecution(volume("configMap: {defaultMode: 493}")))
                .isEmpty();
        assertThat(Mounts.modeWithoutExecution(volume("configMap: {defaultMode: 65}")))
                .isEmpty();
        assertThat(Mounts.modeWithoutExecution(volume("configMap: {items: [{key: 'a', path: 'a', mode: 493}]}")))
                .isEmpty();
        assertThat(Mounts.modeWithoutExecution(volume("emptyDir: {}"))).isEmpty();
    }

    @Test
    void oneItemWithoutAModeLeavesThatOfTheVolume() {
        assertThat(Mounts.modeWithoutExecution(volume("configMap: {items: [{key: 'a', path: 'a'}]}")))
                .isPresent();
    }

    @Test
    void theObjectOfAVolumeIsNamed() {
        assertThat(Mounts.objectWithKey(volume("secret: {secretName: 's'}"), "Secret", "k"))
                .isEqualTo("s");
        assertThat(Mounts.objectWithKey(volume("configMap: {name: 'c'}"), "ConfigMap", "k"))
                .isEqualTo("c");
        assertThat(Mounts.objectWithKey(volume("configMap: {name: 'c'}"), "Secret", "k"))
                .isEmpty();
    }

    @Test
    void ofAProjectedVolumeItIsTheOneWithTheKey() {
        Fields volume = volume(
                "projected: {sources: [{configMap: {name: 'a', items: [{key: 'x', path: 'x'}]}},"
                        + " {configMap: {name: 'b', items: [{key: 'k', path: 'k'}]}}, {secret: {name: 's', items: [{key: 'k'}]}}]}");

        assertThat(Mounts.objectWithKey(volume, "ConfigMap", "k")).isEqualTo("b");
        assertThat(Mounts.objectWithKey(volume, "Secret", "k")).isEqualTo("s");
        assertThat(Mounts.objectWithKey(volume, "Secret", "x")).isEmpty();
        assertThat(Optional.of(Mounts.objectWithKey(volume, "ConfigMap", "none")))
                .contains("");
    }
}
